using System.Diagnostics;
using System.Globalization;

namespace PoseFunctions.Infrastructure.Tests.DryRun;

/// <summary>
/// Starts programs as the image's user where the tests run as root, to whom read-only files are writable; as whom they run else.
/// </summary>
internal static class UnprivilegedUser
{
    /// <param name="user">As <c>USER</c> says it: a number, a colon, a number.</param>
    /// <param name="program">What to start.</param>
    /// <param name="arguments">With what.</param>
    public static ProcessStartInfo StartInfo(string user, string program, params IEnumerable<string> arguments)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new(program, arguments);
        }

        var ids = user.Split(':').Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToArray();
        return new("setpriv", [$"--reuid={ids[0]}", $"--regid={ids[^1]}", "--clear-groups", program, .. arguments]);
    }
}
