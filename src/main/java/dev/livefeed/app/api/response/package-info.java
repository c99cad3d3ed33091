/** The bodies of HTTP responses about feed, market and context: a record for each schema of the contract. */
package dev.livefeed.app.api.response;
