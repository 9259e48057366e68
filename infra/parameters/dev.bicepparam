// To try: as little as possible, and nothing while nobody asks for anything.
using '../main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param gpuProfile = 'Consumption-GPU-NC8as-T4'
param workerMinReplicas = 0
param workerMaxReplicas = 1
param jobsPerReplica = 64
param sweepWindow = { start: '0 6 * * *', end: '5 6 * * *' }
param fallBackToCpu = true
param apiMinReplicas = 0
param apiMaxReplicas = 2
param apiImage = readEnvironmentVariable('SERVICE_API_IMAGE_NAME', '')
param workerImage = readEnvironmentVariable('SERVICE_WORKER_IMAGE_NAME', '')
param workerExists = bool(readEnvironmentVariable('SERVICE_WORKER_RESOURCE_EXISTS', 'false'))
param photosSku = 'Standard_LRS'
param registrySku = 'Basic'
param retention = [
  { container: 'uploads', days: 7 }
  { container: 'pose-photos', days: 7 }
  { container: 'requests', days: 7 }
  { container: 'parsed', days: 7 }
  { container: 'results', days: 14 }
  { container: 'jobs', days: 30 }
  { container: 'workers', days: 1 }
  { container: 'event-dead-letters', days: 14 }
]
param softDeleteDays = 1
param logRetentionDays = 30
param operatorEmails = [readEnvironmentVariable('OPERATOR_EMAIL')]
param oldestJobSeconds = 1800
param failurePercent = 50
param coldStartSeconds = 600
param monthlyBudget = 100
param budgetStart = readEnvironmentVariable('BUDGET_START')
