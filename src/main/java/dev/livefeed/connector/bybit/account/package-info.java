/**
 * The private stream of one account: its keys, its connection, and what it tells as events. It knows nothing of the public
 * side and never disturbs it.
 */
package dev.livefeed.connector.bybit.account;
