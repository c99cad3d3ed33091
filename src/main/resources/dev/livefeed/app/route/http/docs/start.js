// Shows the contract of the server that this page comes from.
window.ui = SwaggerUIBundle({
  url: "../openapi.json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null, // otherwise the document would be sent to a validator on the web
});
