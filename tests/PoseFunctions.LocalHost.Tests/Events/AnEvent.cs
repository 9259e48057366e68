using PoseFunctions.LocalHost.Events;

namespace PoseFunctions.LocalHost.Tests.Events;

/// <summary>Events that no upload made.</summary>
internal static class AnEvent
{
    public static BlobCreated Named(string name) => new()
    {
        Id = name,
        Time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Api = BlobApi.PutBlob,
        Account = "devstoreaccount1",
        Container = "uploads",
        Name = name,
        Url = new Uri($"http://127.0.0.1:45123/devstoreaccount1/uploads/{name}"),
        ETag = "0x1",
        ContentType = "image/jpeg",
        ContentLength = 1,
        Sequencer = name,
    };

    /// <summary>So many events, named 0, 1, 2 and so on.</summary>
    public static BlobCreated[] Series(int count) => [.. Enumerable.Range(0, count).Select(number => Named($"{number}"))];
}
