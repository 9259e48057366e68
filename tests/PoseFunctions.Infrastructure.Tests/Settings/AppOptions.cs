using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PoseFunctions.Api;
using PoseFunctions.Worker;

namespace PoseFunctions.Infrastructure.Tests.Settings;

/// <summary>The options that an app really registers and validates, found in its own container.</summary>
internal sealed class AppOptions
{
    private readonly FunctionsApplicationBuilder builder;

    private AppOptions(FunctionsApplicationBuilder builder)
    {
        this.builder = builder;
        Types =
        [
            .. from service in builder.Services
               let type = service.ServiceType
               where type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidateOptions<>)
               let options = type.GenericTypeArguments[0]
               where IsOurs(options)
               group options by options into same
               select same.Key,
        ];
    }

    public IReadOnlyList<Type> Types { get; }

    /// <summary>Names of the settings, as environment variables, that the options are bound from.</summary>
    public IEnumerable<string> Names =>
        from type in Types
        let connection = Constant(type, "Setting")
        let section = Constant(type, "SectionName")
        from name in connection is null ? NamesOf(type).Select(name => section is null ? name : $"{section}__{name}") : NamesOfConnection(connection, type)
        select name;

    /// <param name="app"><c>api</c> or <c>worker</c>.</param>
    /// <param name="settings">Settings by the names that they have as environment variables.</param>
    public static AppOptions Of(string app, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection((settings ?? new Dictionary<string, string?>())
            .Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value)));
        _ = app == "api" ? builder.AddPoseFunctionsApi() : builder.AddPoseFunctionsWorker();
        return new(builder);
    }

    /// <summary>Makes all options, as a start of the app does.</summary>
    /// <exception cref="OptionsValidationException">A setting is missing or out of its range.</exception>
    public void Validate()
    {
        using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static string? Constant(Type type, string name) => type.GetField(name)?.GetRawConstantValue() as string;

    // A connection string under the name itself, or addresses, which Azure's libraries spell with a small letter.
    private static IEnumerable<string> NamesOfConnection(string connection, Type type) =>
        type.GetProperties().Where(property => property.PropertyType == typeof(Uri))
            .Select(property => $"{connection}__{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}").Prepend(connection);

    private static IEnumerable<string> NamesOf(Type type) =>
        from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        where property.SetMethod?.IsPublic == true
        let key = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name
        from rest in Rest(property.PropertyType)
        select key + rest;

    // Of a dictionary, anything; of options in options, theirs.
    private static IEnumerable<string> Rest(Type type)
    {
        if (type == typeof(Dictionary<string, string>))
        {
            return ["__…"];
        }

        return type is { IsClass: true } && IsOurs(type) ? NamesOf(type).Select(name => $"__{name}") : [""];
    }

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("PoseFunctions.", StringComparison.Ordinal);
}
