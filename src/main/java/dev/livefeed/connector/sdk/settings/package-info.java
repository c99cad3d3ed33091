/** Settings of a connector: environment variables override a JSON file. Errors name the location. */
package dev.livefeed.connector.sdk.settings;
