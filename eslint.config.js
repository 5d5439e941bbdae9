import tseslint from 'typescript-eslint';
export default tseslint.config({ ignores: ['dist', 'node_modules', 'reports'] }, ...tseslint.configs.strictTypeChecked, { languageOptions: { parserOptions: { projectService: true } } });
