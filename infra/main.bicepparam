using 'main.bicep'

param name = 'stepwell'
param eventKeys = readEnvironmentVariable('STEPWELL_EVENT_KEY')
param signingKey = readEnvironmentVariable('STEPWELL_SIGNING_KEY')
param signingKeyFallback = readEnvironmentVariable('STEPWELL_SIGNING_KEY_FALLBACK', '')
param withApp = false
