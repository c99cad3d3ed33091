/** The bodies of HTTP responses about feed, market and context: one record per schema of the contract. */
package dev.livefeed.app.api.response;
