// The blob, queue and timer functions, on a GPU.
param name string
param location string
param tags { *: string }
param environmentId string

@description('Domain of the environment, in which the app gets a name.')
param environmentDomain string

param image string
param registryServer string
param identityId string
param clientId string
param hostAccountName string

@description('Id that the host names its own queue by; lower case.')
param hostId string

param photosAccountName string
param blobEndpoint string
param queueEndpoint string
param vaultUri string

@allowed(['Consumption-GPU-NC8as-T4', 'Consumption-GPU-NC24-A100'])
param gpuProfile string

param minReplicas int
param maxReplicas int

@description('Jobs waiting for each replica before another one is started.')
param jobsPerReplica int

@description('When an idle worker is woken to sweep, as the beginning and end of a cron window in UTC.')
param sweepWindow { start: string, end: string }

@description('Whether a worker without its GPU goes on with the CPU, slowly, or does not start.')
param fallBackToCpu bool

@description('Whether the app was there before this deployment. Azure refuses own scale rules on an app that it creates.')
param exists bool

var sizes = {
  'Consumption-GPU-NC8as-T4': { cpu: 8, memory: '56Gi', batch: 8, batches: '1,4,8' }
  'Consumption-GPU-NC24-A100': { cpu: 24, memory: '220Gi', batch: 32, batches: '1,8,32' }
}

var limits scaling = {
  minReplicas: minReplicas
  maxReplicas: maxReplicas
}

type scaling = resourceInput<'Microsoft.App/containerApps@2026-07-01'>.properties.template.scale

// The last replica goes five minutes after the last reason to stay; until then the watchdog takes up jobs of workers that died.
var ownRules scaling = {
  minReplicas: minReplicas
  maxReplicas: maxReplicas
  pollingInterval: 5
  cooldownPeriod: 300
  allowScalingRuleOverride: true
  rules: [
    {
      name: 'jobs'
      custom: {
        type: 'azure-queue'
        identity: identityId
        metadata: { accountName: photosAccountName, queueName: 'pose-jobs', queueLength: string(jobsPerReplica) }
      }
    }
    {
      name: 'poison-jobs'
      custom: {
        type: 'azure-queue'
        identity: identityId
        metadata: { accountName: photosAccountName, queueName: 'pose-jobs-poison', queueLength: '32' }
      }
    }
    {
      name: 'poison-uploads'
      custom: {
        type: 'azure-queue'
        identity: identityId
        metadata: { accountName: photosAccountName, queueName: 'webjobs-blobtrigger-poison', queueLength: '32' }
      }
    }
    {
      // Between an event and its function, the host keeps it in a queue of its own account.
      name: 'uploads'
      custom: {
        type: 'azure-queue'
        identity: identityId
        metadata: { accountName: hostAccountName, queueName: 'azure-webjobs-blobtrigger-${hostId}', queueLength: '32' }
      }
    }
    {
      name: 'events'
      http: {
        metadata: { concurrentRequests: '100' }
      }
    }
    {
      name: 'sweep'
      custom: {
        type: 'cron'
        metadata: { timezone: 'Etc/UTC', start: sweepWindow.start, end: sweepWindow.end, desiredReplicas: '1' }
      }
    }
  ]
}

resource app 'Microsoft.App/containerApps@2026-07-01' = {
  name: name
  location: location
  // azd finds the app of a service by this tag.
  tags: union(tags, { 'azd-service-name': 'worker' })
  kind: 'functionapp'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    managedEnvironmentId: environmentId
    workloadProfileName: gpuProfile
    configuration: {
      activeRevisionsMode: 'Single'
      // Event Grid posts to it from outside, with the key of the blobs extension; there is no HTTP function.
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
      // Time for running jobs to end or to be handed back.
      terminationGracePeriodSeconds: 300
      containers: [
        {
          name: 'worker'
          image: image
          resources: {
            cpu: sizes[gpuProfile].cpu
            memory: sizes[gpuProfile].memory
          }
          env: [
            { name: 'ASPNETCORE_URLS', value: 'http://+:8080' }
            { name: 'AzureFunctionsJobHost__telemetryMode', value: 'OpenTelemetry' }
            { name: 'AzureFunctionsWebHost__hostid', value: hostId }
            { name: 'AzureWebJobsSecretStorageKeyVaultClientId', value: clientId }
            { name: 'AzureWebJobsSecretStorageKeyVaultUri', value: vaultUri }
            { name: 'AzureWebJobsSecretStorageType', value: 'keyvault' }
            { name: 'AzureWebJobsStorage__accountName', value: hostAccountName }
            { name: 'AzureWebJobsStorage__clientId', value: clientId }
            { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
            { name: 'Batching__FixedSizes', value: sizes[gpuProfile].batches }
            { name: 'Batching__MaxBatchSize', value: string(sizes[gpuProfile].batch) }
            { name: 'FUNCTIONS_WORKER_RUNTIME', value: 'dotnet-isolated' }
            { name: 'Inference__FallBackToCpu', value: string(fallBackToCpu) }
            { name: 'Inference__Provider', value: 'cuda' }
            { name: 'Inference__WarmUp', value: 'all' }
            { name: 'OTEL_SERVICE_NAME', value: 'posefunctions-worker' }
            { name: 'Photos__blobServiceUri', value: blobEndpoint }
            { name: 'Photos__clientId', value: clientId }
            { name: 'Photos__credential', value: 'managedidentity' }
            { name: 'Photos__queueServiceUri', value: queueEndpoint }
            // Without a name the host makes no key for the webhook of its blobs extension, and nobody could tell it of uploads.
            { name: 'WEBSITE_HOSTNAME', value: '${name}.${environmentDomain}' }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/admin/host/ping', port: 8080 }
              periodSeconds: 30
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: { path: '/admin/host/ping', port: 8080 }
              periodSeconds: 30
              failureThreshold: 5
            }
          ]
        }
      ]
      scale: exists ? ownRules : limits
    }
  }
}

output id string = app.id
output name string = app.name
output host string = app.properties.configuration.ingress.fqdn

@description('What an app that was just created has to be given afterwards.')
output scale scaling = ownRules

@description('The version of the API that knows such rules.')
output apiVersion string = app.apiVersion
