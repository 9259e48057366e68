using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Description;
using Microsoft.Azure.WebJobs.Host.Config;

namespace PoseFunctions.LocalHost.Triggers;

#pragma warning disable CS0618 // The storage extension offers its webhook through nothing else, in the Functions host too.
/// <summary>Where trigger extensions of one app leave what shall happen when their webhook is called.</summary>
internal sealed class ExtensionWebHooks : IWebHookProvider
{
    private readonly ConcurrentDictionary<string, IAsyncConverter<HttpRequestMessage, HttpResponseMessage>> hooks =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Called by an extension while it is set up.</summary>
    /// <returns>An address without the host's port, which is not known yet: extensions only log it.</returns>
    public Uri GetUrl(IExtensionConfigProvider extension)
    {
        var type = extension.GetType();
        var name = type.GetCustomAttribute<ExtensionAttribute>()?.ConfigurationSection ?? type.Name;
        if (extension is IAsyncConverter<HttpRequestMessage, HttpResponseMessage> hook)
        {
            hooks[name] = hook;
        }

        return new Uri($"http://127.0.0.1/runtime/webhooks/{name}");
    }

    /// <returns>Null where no extension has this name.</returns>
    public async Task<HttpResponseMessage?> CallAsync(string extension, HttpRequestMessage request, CancellationToken cancellationToken) =>
        hooks.TryGetValue(extension, out var hook) ? await hook.ConvertAsync(request, cancellationToken) : null;
}
