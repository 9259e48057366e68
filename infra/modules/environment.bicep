// Where both apps run. Its OpenTelemetry agent hands OTEL_EXPORTER_OTLP_ENDPOINT to every container.
param name string
param location string
param tags { *: string }
param workspaceId string
param insightsName string

@description('Subnet of the environment, delegated to Microsoft.App/environments; empty for a network of Azure\'s own.')
param subnetId string

@description('Name and type of the worker\'s profile.')
param gpuProfile string

@description('OTLP endpoint for metrics, which Application Insights does not take; empty for none.')
param metricsEndpoint string

var telemetry = {
  tracesConfiguration: {
    destinations: ['appInsights']
  }
  logsConfiguration: {
    destinations: ['appInsights']
  }
}
var metrics = {
  destinationsConfiguration: {
    otlpConfigurations: [
      {
        name: 'metrics'
        endpoint: metricsEndpoint
        insecure: false
      }
    ]
  }
  metricsConfiguration: {
    destinations: ['metrics']
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource environment 'Microsoft.App/managedEnvironments@2026-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    appInsightsConfiguration: {
      connectionString: insights.properties.ConnectionString
    }
    openTelemetryConfiguration: empty(metricsEndpoint) ? telemetry : union(telemetry, metrics)
    vnetConfiguration: empty(subnetId) ? null : {
      infrastructureSubnetId: subnetId
      internal: false
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
      {
        name: gpuProfile
        workloadProfileType: gpuProfile
      }
    ]
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: environment
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'ContainerAppConsoleLogs'
        enabled: true
      }
      {
        category: 'ContainerAppSystemLogs'
        enabled: true
      }
    ]
  }
}

output id string = environment.id
output defaultDomain string = environment.properties.defaultDomain
