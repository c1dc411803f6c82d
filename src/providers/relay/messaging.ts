import { z } from 'zod';

import { path } from '../../http/path.ts';
import type {
  Address,
  Messaging,
  MobileAnalysisResult,
  NewCustomerOnboard,
  NotificationChannel,
} from '../../onboarding/customer-onboard.ts';
import { ifItFits } from '../if-it-fits.ts';
import type { RelayApi } from './api.ts';

type WireResults = Readonly<Record<string, string | null>>;

// The message is how Relay says that it accepted. The results are there only where it looked: none is nothing found, and what
// cannot be read is null. Each is taken if it fits.
const WireAcceptance = z.object({
  message: z.string(),
  mobile_analysis_results: z
    .record(z.string(), ifItFits(z.string()))
    .nullish()
    .transform((results): WireResults | null => results ?? {})
    .catch(null),
});

export function relayMessaging(api: RelayApi): Messaging {
  return {
    async onboard(onboard, call) {
      const to = path`/cdm/client/${onboard.clientId}/onboard`;
      const notFound = 'Relay knows no such client, or nothing under one of the ids.';
      const wire = await api.post(WireAcceptance, to, { body: toWire(onboard), notFound }, call);
      return {
        message: wire.message,
        mobileAnalysisResults: resultsFrom(wire.mobile_analysis_results),
      };
    },
  };
}

/** Null where there are some and none can be read: that is not to be told as nothing found. */
function resultsFrom(wire: WireResults | null): MobileAnalysisResult[] | null {
  if (wire === null) return null;
  const all = Object.entries(wire);
  const read = all.flatMap(([phoneNumber, result]) => (result === null ? [] : { phoneNumber, result }));
  return read.length === 0 && all.length > 0 ? null : read;
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
