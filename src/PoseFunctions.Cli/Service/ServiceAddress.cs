namespace PoseFunctions.Cli.Service;

/// <summary>Where the service is, from what a user was told.</summary>
internal static class ServiceAddress
{
    /// <summary>Where a service on this machine listens.</summary>
    public const string Default = "http://127.0.0.1:7071";

    private const string Api = "/api";

    /// <summary>
    /// The root of the service, from an address with or without <c>/api</c> and slashes at its end; null for what is no plain http
    /// or https address.
    /// </summary>
    public static Uri? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || address is not { UserInfo: "", Query: "", Fragment: "" })
        {
            return null;
        }

        var path = address.AbsolutePath.TrimEnd('/');
        path = path.EndsWith(Api, StringComparison.OrdinalIgnoreCase) ? path[..^Api.Length] : path;
        return new UriBuilder(address) { Path = $"{path}/" }.Uri;
    }
}
