using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CyclerControl.Cli.CommandLine;
using CyclerControl.Service.Configuration;

namespace CyclerControl.Cli.Composition;

/// <summary>The certificate of an https address.</summary>
internal static class ServerCertificate
{
    /// <exception cref="InputException">It cannot be read, or has no key.</exception>
    public static X509Certificate2 Load(CertificateChoice choice)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(choice.File, choice.Password);
            return certificate.HasPrivateKey
                ? certificate
                : throw new InputException($"certificate: '{choice.File}' holds no private key; export it with its key, as PFX");
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"certificate: '{choice.File}' cannot be opened ({failure.Message.TrimEnd('.')}); is it a PFX file, and is its password in certificate_password_file or CYCLER__CERTIFICATE_PASSWORD?", failure);
        }
    }
}
