namespace CyclerControl.Acquisition.Links;

/// <summary>Starts the reopen pipeline beside the loop: the result comes through the mailbox. The product's is <see cref="LinkOpener"/>; tests have their own.</summary>
internal interface ILinkOpener
{
    void BeginOpen(int attempt);

    void Cancel();
}
