// The checks of the original belong to the collecting side; what reaches a server is the same.
class EntityValidator {
  addSchemas() {}

  validateEntity() {
    return { isValid: true, errors: null, warnings: null };
  }
}

module.exports = { EntityValidator };
