using System.Globalization;

namespace PoseFunctions.Inference.Native;

/// <summary>One run's options; through them another thread can stop it.</summary>
internal sealed unsafe class OrtRunOptions : OrtHandle
{
    /// <summary>For <see cref="SetGraph"/>: this run is neither recorded nor replayed.</summary>
    public const int NoGraph = -1;

    public OrtRunOptions()
        : base(OrtEntry.ReleaseRunOptions, Create())
    {
    }

    /// <summary>Makes the run that uses these options fail at the next operator.</summary>
    public void Terminate()
    {
        using var options = Lease();
        OrtApi.Check(((delegate* unmanaged<nint, nint>)OrtApi.Entry(OrtEntry.RunOptionsSetTerminate))(options.Pointer));
    }

    /// <summary>Says which CUDA graph the run belongs to, from 1; the first run of each is the one that is recorded.</summary>
    public void SetGraph(int number)
    {
        var (key, value) = (OrtApi.PinnedUtf8("gpu_graph_id"), OrtApi.PinnedUtf8(number.ToString(CultureInfo.InvariantCulture)));
        using var options = Lease();
        OrtApi.Check(((delegate* unmanaged<nint, byte*, byte*, nint>)OrtApi.Entry(OrtEntry.AddRunConfigEntry))(
            options.Pointer, OrtApi.AddressOf(key), OrtApi.AddressOf(value)));
        GC.KeepAlive(key);
        GC.KeepAlive(value);
    }

    /// <summary>Calls <paramref name="run"/> with these options, and has it stop at the next operator on cancellation.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public void RunStoppable(Action run, CancellationToken cancellationToken)
    {
        // Disposed first, and disposing waits for a callback in progress: options outlive every Terminate.
        using var stop = cancellationToken.UnsafeRegister(static state => ((OrtRunOptions)state!).Terminate(), this);
        try
        {
            run();
        }
        catch (OrtException stopped) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was stopped.", stopped, cancellationToken);
        }
    }

    private static nint Create()
    {
        nint created;
        OrtApi.Check(((delegate* unmanaged<nint*, nint>)OrtApi.Entry(OrtEntry.CreateRunOptions))(&created));
        return created;
    }
}
