namespace PoseFunctions.Api.Views;

/// <summary>The installed models.</summary>
public sealed record ModelListView(IReadOnlyList<ModelView> Models);
