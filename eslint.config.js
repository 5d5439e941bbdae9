import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

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
      // Types are erased, never compiled: what Node can strip stays readable as JavaScript.
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Write a union of string literals.' },
        { selector: 'TSModuleDeclaration[declare!=true]', message: 'Write a module.' },
        { selector: 'TSParameterProperty', message: 'Declare the property and assign it.' },
      ],
      // A number has one obvious text; everything else in a template must be a string.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A short arrow may be written for its effect: `() => server.close()`.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An interface may be asynchronous for the sake of another implementation.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.test.ts', '**/*.hostile.ts'],
    rules: {
      // A test that looks for what must be there fails when it is not.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // chai's assertions are property reads: `expect(x).to.be.true`.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
