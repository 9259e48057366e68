namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>A template or parameter file of the repository, broken in one place.</summary>
/// <param name="File">Below <c>infra/</c>.</param>
/// <param name="Sound">What is there, once.</param>
/// <param name="Broken">What is there instead.</param>
/// <param name="Finding">The compiler's rule, or a part of what a rule of our own says.</param>
internal sealed record BrokenTemplate(string File, string Sound, string Broken, string Finding)
{
    private const string Assignment = "modules/storage-roles.bicep";

    /// <summary>Each by what is wrong with it.</summary>
    public static IReadOnlyDictionary<string, BrokenTemplate> All { get; } = new Dictionary<string, BrokenTemplate>
    {
        ["a name that nobody declares"] = new("modules/identity.bicep", "name: name", "name: nome", "BCP057"),
        ["a parameter that nobody uses"] = new("modules/identity.bicep", "param location", "param spare string\nparam location", "no-unused-params"),
        ["a property that its type does not have"] = new("modules/worker-app.bicep", "cooldownPeriod: 300", "coolDown: 300", "BCP037"),
        ["a value of another type"] = new("modules/worker-app.bicep", "pollingInterval: 5", "pollingInterval: '5'", "BCP036"),
        ["a version that there never was"] = new("modules/identity.bicep", "@2023-01-31", "@2023-01-30", "BCP081"),
        ["a module that is not there"] = new("main.bicep", "'modules/events.bicep'", "'modules/gone.bicep'", "BCP091"),
        ["a module without a parameter that it needs"] = new("main.bicep", ", sku: registrySku", "", "BCP035"),
        ["an output that the module does not have"] = new("main.bicep", "topicId: events.outputs.id", "topicId: events.outputs.number", "BCP053"),
        ["a right without a reason"] = new("main.bicep", "role: 'AcrPull', reason: 'The api pulls its image.'", "role: 'AcrPull'", "BCP035"),
        ["a right with half a reason"] = new("main.bicep", "reason: 'The api pulls its image.'", "reason: 'Because.'", "BCP333"),
        ["a right of an unknown role"] = new("main.bicep", "role: 'Storage Blob Delegator'", "role: 'Owner'", "BCP036"),
        ["a rule of retention without days"] = new("modules/types.bicep", "@minValue(1)\n  days: int", "weeks: int", "BCP053"),
        ["a parameter of any shape"] = new("modules/events.bicep", "param tags { *: string }", "param tags object", "use-user-defined-types"),
        ["a place that is written out"] = new("modules/registry.bicep", "location: location", "location: 'westeurope'", "no-hardcoded-location"),
        ["an output that is a secret"] = new(
            "modules/registry.bicep", "registry.properties.loginServer", "registry.listCredentials().passwords[0].value", "outputs-should-not-contain-secrets"),
        ["a secret that everybody may read"] = new("modules/uploads-subscription.bicep", "@secure()\n", "", "BCP180"),

        ["two versions of a type"] = new("modules/host-storage.bicep", "storageAccounts@2023-05-01", "storageAccounts@2023-04-01", "has the versions 2023-04-01, 2023-05-01."),
        ["an assignment without a reason"] = new(Assignment, "    description: grant.reason\n", "", "is assigned without a reason."),
        ["an assignment on the whole group"] = new(Assignment, "  scope: account\n", "", "is assigned on everything around it"),
        ["a key that is read"] = new(Assignment, "grant.reason", "'${grant.reason} ${account.listKeys().keys[0].value}'", "listKeys reads keys"),

        ["parameters of another template"] = new("parameters/dev.bicepparam", "using '../main.bicep'", "using '../gone.bicep'", "BCP091"),
        ["parameters without one that is needed"] = new("parameters/prod.bicepparam", "param failurePercent = 5\n", "", "BCP258"),
        ["parameters with one too many"] = new("parameters/dev.bicepparam", "param failurePercent", "param spare = 1\nparam failurePercent", "BCP259"),
        ["parameters of another type"] = new("parameters/dev.bicepparam", "param failurePercent = 50", "param failurePercent = '50'", "BCP033"),
        ["a value that is not allowed"] = new("parameters/prod.bicepparam", "'Standard_ZRS'", "'Standard_XRS'", "BCP033"),
        ["a rule of retention of no days"] = new("parameters/dev.bicepparam", "{ container: 'workers', days: 1 }", "{ container: 'workers', days: 0 }", "BCP328"),
    };
}
