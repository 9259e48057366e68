namespace PoseFunctions.Api.Views;

/// <summary>How many jobs of all tenants are in which state.</summary>
/// <param name="Unparsed">Accepted or being parsed.</param>
/// <param name="Queued">Waiting for a worker.</param>
/// <param name="Running">Claimed by a worker.</param>
/// <param name="Failed">Ended without a result.</param>
/// <param name="Messages">In the queue, approximately; those being worked on included.</param>
public sealed record BacklogView(int Unparsed, int Queued, int Running, int Failed, int Messages);
