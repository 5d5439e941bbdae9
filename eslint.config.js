import { defineConfig, globalIgnores } from 'eslint/config';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

// Types are erased, never compiled: what Node can strip stays readable as JavaScript.
const erased = [
  { selector: 'TSEnumDeclaration', message: 'Write a union of string literals.' },
  { selector: 'TSModuleDeclaration[declare!=true]', message: 'Write a module.' },
  { selector: 'TSParameterProperty', message: 'Declare the property and assign it.' },
];

export default defineConfig(
  globalIgnores(['dist', 'coverage', 'reports']),
  // A rule is changed here, with its reason, or it holds everywhere.
  { linterOptions: { noInlineConfig: true } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': ['error', ...erased],
      // A number has one obvious text; everything else in a template must be a string.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A short arrow may be written for its effect: `() => server.close()`.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An interface may be asynchronous for the sake of another implementation.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // A target chooses the texts that are read here: no pattern may take more than linear time or a stack for them.
    // Tests, and the provider, read what this suite sends.
    files: ['bin/**/*.ts', 'src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.hostile.ts', '**/*.proof.ts', '**/*.fixture.ts', 'src/provider/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
      'no-restricted-syntax': [
        'error',
        ...erased,
        {
          selector: String.raw`Literal[regex.pattern=/\)(?:[*+]|\{\d+,\})/]`,
          message: 'Bound the repetition of a group: on a long text each round takes a piece of the stack.',
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.hostile.ts', '**/*.proof.ts'],
    rules: {
      // A test that looks for what must be there fails when it is not.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // chai's assertions are property reads: `expect(x).to.be.true`.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
