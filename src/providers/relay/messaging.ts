import { z } from 'zod';

import { path } from '../../http/path.ts';
import type {
  Address,
  Messaging,
  NewCustomerOnboard,
  NotificationChannel,
} from '../../onboarding/customer-onboard.ts';
import { ifItFits } from '../if-it-fits.ts';
import type { RelayApi } from './api.ts';

// The message is how Relay says that it accepted; the results are there only where it looked, each taken if it fits.
const WireAcceptance = z.object({
  message: z.string(),
  mobile_analysis_results: ifItFits(z.record(z.string(), ifItFits(z.string()))),
});

export function relayMessaging(api: RelayApi): Messaging {
  return {
    async onboard(onboard, call) {
      const to = path`/cdm/client/${onboard.clientId}/onboard`;
      const notFound = 'Relay knows no such client, or nothing under one of the ids.';
      const wire = await api.post(WireAcceptance, to, { body: toWire(onboard), notFound }, call);
      return {
        message: wire.message,
        mobileAnalysisResults: Object.entries(wire.mobile_analysis_results ?? {}).flatMap(
          ([phoneNumber, result]) => (result === null ? [] : { phoneNumber, result }),
        ),
      };
    },
  };
}

// What is undefined is left out of the JSON.
function toWire(onboard: NewCustomerOnboard) {
  const { customer, launchedBy } = onboard;
  return {
    product_group_id: onboard.productGroupId,
    trigger_id: onboard.triggerId,
    launched_by: launchedBy && { lb_name: launchedBy.name, lb_source: launchedBy.source },
    deactivate_previous_connections: onboard.deactivatePreviousConnections,
    input_parameters: onboard.inputParameters,
    asset_id: onboard.assetId,
    client_message_tag: onboard.clientMessageTag,
    powerups_parameters: onboard.powerupsParameters, // a guess: the documentation does not say that it stands at the top
    customer: {
      ccid: customer.id,
      secondary_account_id: customer.secondaryAccountId,
      first_name: customer.firstName,
      middle_name: customer.middleName,
      last_name: customer.lastName,
      date_of_birth: customer.dateOfBirth,
      ssn_last4: customer.ssnLast4,
      gender: customer.gender,
      addresses: customer.addresses?.map(addressToWire),
      notification_channels: customer.notificationChannels?.map(channelToWire),
      ext: customer.ext, // a guess: the documentation does not say that it stands under the customer
    },
  };
}

function addressToWire({ address1, address2, city, stateProvince, postalCode, country }: Address) {
  return { address1, address2, city, state_province: stateProvince, postal_code: postalCode, country };
}

function channelToWire({ channelType, channelAddress, consentType, phoneType }: NotificationChannel) {
  return {
    channel_type: channelType.toLowerCase(),
    channel_addr: channelAddress,
    consent_type: consentType.toLowerCase(),
    phone_type: phoneType,
  };
}
