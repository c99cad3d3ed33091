/** The connector for Binance: spot and USDⓈ-M futures, public data. */
package dev.livefeed.connector.binance;
