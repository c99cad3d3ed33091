/** Commands from the application: lines of standard input, read and checked. */
package dev.livefeed.connector.sdk.command;
