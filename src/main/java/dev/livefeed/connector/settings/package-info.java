/** Settings of connectors: environment variables over a JSON file, each fault named with its place. */
package dev.livefeed.connector.settings;
