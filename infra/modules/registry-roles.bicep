import { grant, roleIds } from 'types.bicep'

param registryName string

@description('Who gets what, and why.')
param grants grant[]

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = {
  name: registryName
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in grants: {
  name: guid(registry.id, grant.principalId, grant.role)
  scope: registry
  properties: {
    principalId: grant.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    description: grant.reason
  }
}]
