/** Settings of a connector: environment variables over a JSON file. Each fault names its place. */
package dev.livefeed.connector.sdk.settings;
