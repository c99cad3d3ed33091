/** Whether a connector keeps the rules of the protocol: {@code check --connector}. */
package dev.livefeed.app.conformance;
