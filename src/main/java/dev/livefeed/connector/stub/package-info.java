/** The {@code stub} connector: invented events without any network, always labelled as synthetic. */
package dev.livefeed.connector.stub;
