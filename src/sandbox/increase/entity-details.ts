import type { Structure } from './structure.ts';

/** Invented, and here to be left out: whoever shows one of these words shows personal data. */
const address = {
  line1: '33 Imaginary Lane',
  line2: null,
  city: 'Nowhere',
  state: 'NY',
  zip: '10045',
  country: 'US',
};

const individual = {
  name: 'Iona Invented',
  address,
  date_of_birth: '1970-01-31',
  identification: { method: 'social_security_number', number_last4: '1120' },
};

const details: Readonly<Record<Structure, unknown>> = {
  corporation: {
    name: 'Imaginary Rental Group',
    address,
    beneficial_owners: [
      {
        id: 'entity_beneficial_owner_sandbox0000001',
        company_title: 'CEO',
        individual,
        prongs: ['control', 'ownership'],
      },
    ],
    beneficial_ownership_exemption_reason: null,
    email: 'iona@imaginary.example',
    incorporation_state: 'NY',
    industry_code: null,
    legal_identifier: { category: 'us_employer_identification_number', value: '602214076' },
    website: 'https://imaginary.example',
  },
  natural_person: individual,
  joint: {
    name: 'Iona and Ivan Invented',
    individuals: [individual, { ...individual, name: 'Ivan Invented' }],
  },
  trust: {
    name: 'The Invented Family Trust',
    address,
    category: 'revocable',
    formation_document_file_id: null,
    formation_state: 'NY',
    grantor: individual,
    tax_identifier: '602214077',
    trustees: [{ structure: 'individual', individual }],
  },
  government_authority: {
    name: 'Village of Nowhere',
    address,
    authorized_persons: [{ authorized_person_id: 'authorized_person_sandbox0000001', name: 'Iona Invented' }],
    category: 'municipality',
    tax_identifier: '602214078',
    website: null,
  },
};

/** One sub-object for each structure, all null but the entity's own. */
export function personalDetails(structure: Structure): Record<Structure, unknown> {
  const none = {
    corporation: null,
    natural_person: null,
    joint: null,
    trust: null,
    government_authority: null,
  };
  return { ...none, [structure]: details[structure] };
}
