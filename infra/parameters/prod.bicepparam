// For customers: zone-redundant photos, an api that is always there, image streaming, no silent CPU.
using '../main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param gpuProfile = readEnvironmentVariable('GPU_PROFILE', 'Consumption-GPU-NC8as-T4')
param workerMinReplicas = 0
param workerMaxReplicas = 20
param jobsPerReplica = 16
param sweepWindow = { start: '0 * * * *', end: '3 * * * *' }
param fallBackToCpu = false
param apiMinReplicas = 1
param apiMaxReplicas = 20
param apiImage = readEnvironmentVariable('SERVICE_API_IMAGE_NAME', '')
param workerImage = readEnvironmentVariable('SERVICE_WORKER_IMAGE_NAME', '')
param workerExists = bool(readEnvironmentVariable('SERVICE_WORKER_RESOURCE_EXISTS', 'false'))
param photosSku = 'Standard_ZRS'
param registrySku = 'Premium'
param retention = [
  { container: 'uploads', days: 30 }
  { container: 'pose-photos', days: 30 }
  { container: 'requests', days: 30 }
  { container: 'parsed', days: 30 }
  { container: 'results', days: 90 }
  { container: 'jobs', days: 180 }
  { container: 'workers', days: 1 }
  { container: 'event-dead-letters', days: 30 }
]
param softDeleteDays = 7
param logRetentionDays = 90
param metricsEndpoint = readEnvironmentVariable('METRICS_ENDPOINT', '')
param operatorEmails = [readEnvironmentVariable('OPERATOR_EMAIL')]
param oldestJobSeconds = 900
param failurePercent = 5
param coldStartSeconds = 300
param monthlyBudget = int(readEnvironmentVariable('MONTHLY_BUDGET', '2000'))
param budgetStart = readEnvironmentVariable('BUDGET_START')
param privateNetwork = bool(readEnvironmentVariable('PRIVATE_NETWORK', 'false'))
