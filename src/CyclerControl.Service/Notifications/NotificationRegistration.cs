using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CyclerControl.Service.Notifications;

/// <summary>Notifications of a service.</summary>
public static class NotificationRegistration
{
    private static readonly TimeSpan s_commandPatience = TimeSpan.FromSeconds(30);

    /// <param name="plan">Null: nobody is told.</param>
    /// <param name="others">Targets besides those of the plan.</param>
    public static IServiceCollection AddNotifications(this IServiceCollection services, NotificationPlan? plan, params INotificationTarget[] others)
    {
        if (plan is not null)
        {
            services.AddSingleton(plan);
            services.AddSingleton(p => new NotificationDesk(
                [.. Targets(plan).Concat(others).Select(target => new NotificationLane(
                    target, plan.PerMinute, plan.RetryFor, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<NotificationLane>>()))],
                p.GetRequiredService<TimeProvider>()));
            services.AddSingleton<IHostedService, NotificationService>();
        }

        return services;
    }

    private static IEnumerable<INotificationTarget> Targets(NotificationPlan plan)
    {
        if (plan.Webhook is { } webhook)
        {
            yield return new WebhookTarget(webhook);
        }

        if (plan.Mail is { } mail)
        {
            yield return new MailTarget(mail);
        }

        if (plan.Command is { } command)
        {
            yield return new CommandTarget(command, s_commandPatience);
        }
    }
}
