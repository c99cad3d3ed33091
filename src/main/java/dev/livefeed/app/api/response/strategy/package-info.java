/** The bodies of HTTP responses about strategies and paper trading. */
package dev.livefeed.app.api.response.strategy;
