/** The {@code stub} connector: synthetic events without a network, always labelled as synthetic. */
package dev.livefeed.connector.stub;
