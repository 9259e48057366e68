param location string
param tags { *: string }
param networkId string
param subnetId string

@description('What gets an address in the network; every zone is one of the zones below.')
param services { name: string, serviceId: string, groupId: 'blob' | 'queue' | 'vault', zone: string }[]

@description('DNS zones by name; every zone of the services, once.')
param zones string[]

resource dnsZones 'Microsoft.Network/privateDnsZones@2020-06-01' = [for zone in zones: {
  name: zone
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (zone, index) in zones: {
  parent: dnsZones[index]
  name: 'apps'
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
}]

resource endpoints 'Microsoft.Network/privateEndpoints@2023-09-01' = [for service in services: {
  name: service.name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: service.name
        properties: {
          privateLinkServiceId: service.serviceId
          groupIds: [service.groupId]
        }
      }
    ]
  }
}]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2023-09-01' = [for (service, index) in services: {
  parent: endpoints[index]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: 'zone'
        properties: {
          privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', service.zone)
        }
      }
    ]
  }
  dependsOn: [dnsZones]
}]
