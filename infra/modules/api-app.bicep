// The HTTP functions. Scaled by the platform: they have no trigger but HTTP.
param name string
param location string
param tags { *: string }
param environmentId string
param image string
param registryServer string
param identityId string
param clientId string
param hostAccountName string
param blobEndpoint string
param queueEndpoint string
param vaultUri string
param minReplicas int
param maxReplicas int

resource app 'Microsoft.App/containerApps@2026-07-01' = {
  name: name
  location: location
  // azd finds the app of a service by this tag.
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    managedEnvironmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 8080
        transport: 'auto'
        allowInsecure: false
      }
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 60
      containers: [
        {
          name: 'api'
          image: image
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: [
            { name: 'ASPNETCORE_URLS', value: 'http://+:8080' }
            { name: 'AzureFunctionsJobHost__telemetryMode', value: 'OpenTelemetry' }
            { name: 'AzureFunctionsWebHost__hostid', value: 'poseapi' }
            { name: 'AzureWebJobsSecretStorageKeyVaultClientId', value: clientId }
            { name: 'AzureWebJobsSecretStorageKeyVaultUri', value: vaultUri }
            { name: 'AzureWebJobsSecretStorageType', value: 'keyvault' }
            { name: 'AzureWebJobsStorage__accountName', value: hostAccountName }
            { name: 'AzureWebJobsStorage__clientId', value: clientId }
            { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
            // Far above what the app takes: up to here the app itself refuses a body, with 413; the host answers 500 beyond.
            { name: 'FUNCTIONS_REQUEST_BODY_SIZE_LIMIT', value: '1073741824' }
            { name: 'FUNCTIONS_WORKER_RUNTIME', value: 'dotnet-isolated' }
            { name: 'OTEL_SERVICE_NAME', value: 'posefunctions-api' }
            { name: 'Photos__blobServiceUri', value: blobEndpoint }
            { name: 'Photos__clientId', value: clientId }
            { name: 'Photos__credential', value: 'managedidentity' }
            { name: 'Photos__queueServiceUri', value: queueEndpoint }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/admin/host/ping', port: 8080 }
              // The host gives the app 60 s to start and 10 s more to say what it has, and then says why it gave up.
              periodSeconds: 5
              failureThreshold: 24
            }
            {
              type: 'Liveness'
              httpGet: { path: '/admin/host/ping', port: 8080 }
              periodSeconds: 30
              failureThreshold: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
      }
    }
  }
}

output id string = app.id
output host string = app.properties.configuration.ingress.fqdn
