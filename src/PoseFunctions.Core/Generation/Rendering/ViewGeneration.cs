using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation.Layouts;
using PoseFunctions.Core.Generation.Views;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Core.Generation.Rendering;

/// <summary>Has the generator paint a target: once from every view of the person, all at once, so that it can batch them.</summary>
public sealed class ViewGeneration(TargetLayouts layouts)
{
    /// <summary>Lays a target out and generates it.</summary>
    /// <returns>What the caller disposes.</returns>
    /// <exception cref="RejectedException">
    /// <see cref="FailureCodes.LimbsUnseen"/>, before any generator time: the pose needs what no photo shows.
    /// </exception>
    internal async Task<GeneratedViews> GenerateAsync(JobRendering rendering, JobTarget target, CancellationToken cancellationToken)
    {
        var layout = rendering.Scene is { } scene
            ? new TargetLayout(scene.Placement, scene.Pose, scene.Labels)
            : await layouts.FindAsync(rendering.Job, target, rendering.Views.First.Frame, rendering.Generator.Manifest, cancellationToken);
        var invents = UnseenLegs.AreShown(
            layout.PoseInPhoto, rendering.Views.All.Select(view => view.Frame.Photo.Person.Pose), rendering.Painted.Photo.PhotoSize);
        if (invents && !rendering.Job.Request.InventLimbs)
        {
            throw new RejectedException(
                FailureCodes.LimbsUnseen,
                "The pose shows the person's legs, and no photo does; with inventLimbs they are painted all the same.");
        }

        GenerationInput[] inputs = [.. rendering.Views.All.Zip(rendering.Latents, (view, latents) => InputOf(rendering, view, latents, target, layout))];
        var running = inputs.Select(input => GenerateAsync(rendering.Generator, target, input, cancellationToken)).ToArray();
        try
        {
            return new(layout, invents, inputs, await Task.WhenAll(running));
        }
        catch
        {
            // All have ended by now, and nobody else gets to see what the others made.
            foreach (var made in running.Where(one => one.IsCompletedSuccessfully))
            {
                (await made).Dispose();
            }

            throw;
        }
    }

    private static GenerationInput InputOf(JobRendering rendering, PersonView view, float[] latents, JobTarget target, TargetLayout layout) =>
        new(view.Frame.Image, view.Frame.Pose, layout.Pose)
        {
            SourceParsing = view.Frame.Labels,
            TargetParsing = layout.Labels,
            Latents = latents,

            // Where nothing is drawn, no seed may tell apart inputs that are the same.
            Noise = GeneratorAbilities.Of(rendering.Generator.Manifest).IsStochastic ? new((ulong)rendering.Job.Seed, (uint)target.Index) : default,
        };

    private static async Task<GeneratedPerson> GenerateAsync(
        IPoseGenerator generator, JobTarget target, GenerationInput input, CancellationToken cancellationToken)
    {
        using var activity = PoseFunctionsTelemetry.Activities.StartActivity("generate");
        activity?.SetTag("job.target", target.Index);
        return await generator.GenerateAsync(input, cancellationToken);
    }
}
