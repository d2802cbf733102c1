// The public registry answers 404 for this package, though the published SDK depends on it; asked again in November
// 2026. The checks of the original belong to the collecting side; what reaches a server is the same.
class EntityValidator {
  addSchemas() {}

  validateEntity() {
    return { isValid: true, errors: null, warnings: null };
  }
}

module.exports = { EntityValidator };
