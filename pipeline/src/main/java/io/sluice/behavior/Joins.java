package io.sluice.behavior;

import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Names of columns to join on, in the form that Spark wants where a join type is given. */
final class Joins {
    private Joins() {}

    static Seq<String> on(String... names) {
        return CollectionConverters.asScala(List.of(names)).toSeq();
    }
}
