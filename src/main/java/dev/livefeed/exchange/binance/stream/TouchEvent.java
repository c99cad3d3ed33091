package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.BinanceNumbers;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.Book;
import dev.livefeed.exchange.wire.AsciiText;

/** The best prices and sizes, whenever one of them has changed. */
final class TouchEvent implements PeriodicEvent {

    private final MarketData data;
    private String sent = "";

    TouchEvent(MarketData data) {
        this.data = data;
    }

    @Override
    public boolean write(AsciiText out, long now) {
        Book book = data.market().book();
        if (book.bids().count() == 0 || book.asks().count() == 0) {
            return false;
        }
        String touch = touch(book);
        if (touch.equals(sent)) {
            return false;
        }
        sent = touch;
        out.add('{');
        if (!data.spot()) {
            out.add("\"e\":\"bookTicker\",");
        }
        out.add("\"u\":").add(data.updateId()).add(',').add(touch);
        if (!data.spot()) {
            out.add(",\"T\":").add(book.changedAt()).add(",\"E\":").add(now);
        }
        out.add('}');
        return true;
    }

    private String touch(Book book) {
        BinanceNumbers numbers = data.numbers();
        AsciiText touch = new AsciiText(128).add("\"s\":\"").add(data.symbol()).add("\",\"b\":\"");
        numbers.price(touch, book.bids().price(0));
        touch.add("\",\"B\":\"");
        numbers.size(touch, book.bids().size(0));
        touch.add("\",\"a\":\"");
        numbers.price(touch, book.asks().price(0));
        touch.add("\",\"A\":\"");
        numbers.size(touch, book.asks().size(0));
        return touch.add('"').toString();
    }
}
