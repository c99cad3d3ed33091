/** The {@code stub} connector: synthetic events without a network, always marked as synthetic. */
package dev.livefeed.connector.stub;
