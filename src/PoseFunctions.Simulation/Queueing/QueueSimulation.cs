using PoseFunctions.Simulation.Traffic;

namespace PoseFunctions.Simulation.Queueing;

/// <summary>
/// One queue, and workers that take batches from it: event by event, so that its cost grows with jobs and not with time. A free
/// worker that finds fewer images than fit into a batch waits for more, at most for the queue delay; one worker does so at a time.
/// A worker that is taken away finishes its batch first.
/// </summary>
internal sealed class QueueSimulation
{
    private readonly SimulationSettings settings;
    private readonly IArrivals arrivals;
    private readonly ReplicaCount scaler;
    private readonly ReplicaClock clock;
    private readonly SimulationReport report;
    private readonly WaitingLine line = new();
    private readonly PriorityQueue<(Happening What, int Number), double> happenings = new();

    private double now;
    private bool arriving = true;
    private int replicas;
    private int free;
    private int leaving;
    private int imagesInWork;
    private bool collecting;
    private int window;

    private QueueSimulation(SimulationSettings settings, IArrivals arrivals)
    {
        this.settings = settings;
        this.arrivals = arrivals;
        scaler = new(settings.Scaling);
        report = new((int)Math.Ceiling(settings.Duration / 3600));
        clock = new(report);
    }

    /// <summary>Simulates until the last job is done.</summary>
    public static SimulationReport Run(SimulationSettings settings, IArrivals arrivals) => new QueueSimulation(settings, arrivals).Run();

    private SimulationReport Run()
    {
        free = replicas = settings.Scaling.MinReplicas;
        clock.Set(0, replicas);
        happenings.Enqueue((Happening.Look, 0), settings.Scaling.PollingSeconds);
        var arrival = arrivals.Next();
        while (true)
        {
            arriving = !double.IsPositiveInfinity(arrival);
            var due = happenings.TryPeek(out var next, out var at) ? at : double.PositiveInfinity;
            if (arriving && arrival <= due)
            {
                now = arrival;
                Arrive();
                arrival = arrivals.Next();
            }
            else if (double.IsPositiveInfinity(due))
            {
                clock.Count(Math.Max(now, settings.Duration));
                return report;
            }
            else
            {
                happenings.Dequeue();
                now = due;
                Handle(next.What, next.Number);
            }
        }
    }

    private void Arrive()
    {
        for (var image = 0; image < settings.ImagesPerJob; image++)
        {
            line.Add(now);
        }

        report.Arrived++;
        report.LongestLine = Math.Max(report.LongestLine, line.Count);
        if (collecting && line.Count >= settings.MaxBatchSize)
        {
            StopCollecting();
        }

        Dispatch();
    }

    private void Handle(Happening what, int number)
    {
        switch (what)
        {
            case Happening.BatchDone:
                imagesInWork -= number;
                Free();
                break;
            case Happening.WindowCloses when collecting && number == window:
                StopCollecting();
                break;
            case Happening.ReplicaReady:
                Free();
                break;
            case Happening.Look:
                Look();
                break;
            default:
                return;
        }

        Dispatch();
    }

    private void Free()
    {
        if (leaving > 0)
        {
            leaving--;
            return;
        }

        free++;
    }

    private void Dispatch()
    {
        while (free > 0 && (line.Count >= settings.MaxBatchSize || (settings.MaxQueueDelay <= 0 && line.Count > 0)))
        {
            free--;
            Start();
        }

        if (free > 0 && line.Count > 0 && !collecting)
        {
            free--;
            collecting = true;
            happenings.Enqueue((Happening.WindowCloses, ++window), now + settings.MaxQueueDelay);
        }
    }

    private void StopCollecting()
    {
        collecting = false;
        Start();
    }

    private void Start()
    {
        var images = Math.Min(line.Count, settings.MaxBatchSize);
        var seconds = settings.BatchSeconds(images);
        for (var image = 0; image < images; image++)
        {
            var arrivedAt = line.Take();
            report.Waits.Add(now - arrivedAt);
            report.Results.Add(now + seconds - arrivedAt);
            report.Hours[Math.Min((int)(arrivedAt / 3600), report.Hours.Count - 1)].Waits.Add(now - arrivedAt);
        }

        imagesInWork += images;
        report.Batches++;
        report.LargestBatch = Math.Max(report.LargestBatch, images);
        report.BusySeconds += seconds;
        happenings.Enqueue((Happening.BatchDone, images), now + seconds);
    }

    private void Look()
    {
        var messages = (line.Count + imagesInWork + settings.ImagesPerJob - 1) / settings.ImagesPerJob;
        var next = scaler.Decide(now, messages, replicas);
        for (var added = replicas; added < next; added++)
        {
            report.ColdStarts++;
            happenings.Enqueue((Happening.ReplicaReady, 0), now + settings.Scaling.ColdStartSeconds);
        }

        // Free ones go first; the others when they have finished, or are ready.
        var idle = Math.Min(free, Math.Max(0, replicas - next));
        leaving += Math.Max(0, replicas - next) - idle;
        free -= idle;
        replicas = next;
        clock.Set(now, replicas);
        if (arriving || messages > 0)
        {
            happenings.Enqueue((Happening.Look, 0), now + settings.Scaling.PollingSeconds);
        }
    }
}
