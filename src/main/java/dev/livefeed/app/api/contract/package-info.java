/** The contract of the HTTP interface: its document, its operations, and the checks of requests against it. */
package dev.livefeed.app.api.contract;
