using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Generation.Rendering;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Generation.Views;

/// <summary>Brings the photos of a job's person into the frame of its generator.</summary>
public sealed class ViewReader(IImageCodec codec, JobPhotos photos)
{
    /// <summary>Every view of the person.</summary>
    /// <param name="job">The job.</param>
    /// <param name="first">What was found in its own photo.</param>
    /// <param name="generator">Who sees them.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="RejectedException">A photo has to be parsed again and is gone, or nobody is in it.</exception>
    internal async Task<PersonViews> ReadAsync(JobRecord job, ParsedPhoto first, ModelManifest generator, CancellationToken cancellationToken)
    {
        var views = new List<PersonView>();
        try
        {
            views.Add(new(job.Source, JobPhotos.SourceKey(job), FramedPhoto.Create(codec, first, generator)));
            foreach (var further in job.Sources)
            {
                var parsed = await photos.SourceAsync(job, further, cancellationToken);
                views.Add(new(further, JobPhotos.SourceKey(job, further), FramedPhoto.Create(codec, parsed, generator)));
            }

            return new(views);
        }
        catch
        {
            new PersonViews(views).Dispose();
            throw;
        }
    }
}
