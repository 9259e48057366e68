namespace PoseFunctions.LocalHost.Configuration.Functions;

/// <summary>Which key a request must carry.</summary>
internal enum AccessLevel
{
    /// <summary>None.</summary>
    Anonymous,

    /// <summary>The key, or the master key.</summary>
    Function,

    /// <summary>The master key.</summary>
    Admin,
}
