using PoseFunctions.LocalHost.Workers;

namespace PoseFunctions.LocalHost.Tests.Workers;

public sealed class StartFailureTests
{
    [Theory]
    [InlineData("The model is missing.", "The model is missing.")]
    [InlineData("warning: something\nThe model is missing.\n\n", "The model is missing.")]
    [InlineData(
        "Unhandled exception. System.InvalidOperationException: The model is missing.\n ---> System.IO.IOException: No file.\n   at A.B()\n   at C.D()",
        "The model is missing.")]
    [InlineData(
        "Unhandled exception. System.AggregateException: One or more errors occurred. (The model is missing.)\n   at A.B()\n",
        "One or more errors occurred. (The model is missing.)")]
    [InlineData("The model is missing.\n   at A.B()\n--- End of stack trace from previous location ---\n   at C.D()", "The model is missing.")]
    [InlineData("", "the worker ended with exit code 9 before it was ready, and did not say why.")]
    public void Explain_FindsTheOneSentence(string standardError, string expected) =>
        Assert.Equal(expected, StartFailure.Explain(standardError.Split('\n'), 9));
}
