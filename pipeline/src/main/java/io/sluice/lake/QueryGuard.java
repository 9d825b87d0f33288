package io.sluice.lake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Looks through a parsed query for whatever could change something or leave the tenant. Operators are let through by
 * name, so one that a later Spark brings is refused until someone has thought about it.
 */
final class QueryGuard {
    private static final Set<String> OPERATORS = Set.of(
            "Aggregate",
            "DescribeRelation",
            "Distinct",
            "Except",
            "Expand",
            "Filter",
            "Generate",
            "GlobalLimit",
            "Intersect",
            "Join",
            "LateralJoin",
            "LimitAll",
            "LocalLimit",
            "LocalRelation",
            "Offset",
            "OneRowRelation",
            "Pivot",
            "Project",
            "Repartition",
            "RepartitionByExpression",
            "Sample",
            "ShowColumns",
            "ShowTables",
            "Sort",
            "SubqueryAlias",
            "Tail",
            "Union",
            "Unpivot",
            "UnresolvedHaving",
            "UnresolvedHint",
            "UnresolvedInlineTable",
            "UnresolvedNamespace",
            "UnresolvedRelation",
            "UnresolvedSubqueryColumnAliases",
            "UnresolvedTVFAliases",
            "UnresolvedTableOrView",
            "UnresolvedTableValuedFunction",
            "UnresolvedWith",
            "CurrentNamespace",
            "Window",
            "WithWindowDefinition");

    /** Functions that make rows out of their arguments alone. */
    private static final Set<String> ROW_FUNCTIONS = Set.of(
            "explode",
            "explode_outer",
            "inline",
            "inline_outer",
            "json_tuple",
            "posexplode",
            "posexplode_outer",
            "range",
            "stack",
            "variant_explode",
            "variant_explode_outer");

    /** Functions that call Java, or read a file that is named in an argument. */
    private static final Set<String> REFUSED_FUNCTIONS = Set.of(
            "reflect",
            "java_method",
            "try_reflect",
            "from_protobuf",
            "to_protobuf",
            "from_xml",
            "schema_of_xml",
            "from_avro",
            "to_avro",
            "input_file_name",
            "input_file_block_start",
            "input_file_block_length");

    private final Set<String> relations = new LinkedHashSet<>();
    private final Set<String> named = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private QueryGuard() {}

    /** What a query reads by name, and what is wrong with it. */
    record Findings(Set<String> relations, List<String> problems) {}

    static Findings look(QueryPlan<?> parsed) {
        QueryGuard guard = new QueryGuard();
        guard.plan(parsed);
        guard.relations.removeAll(guard.named);
        return new Findings(guard.relations, guard.problems);
    }

    private void plan(QueryPlan<?> plan) {
        String operator = plan.getClass().getSimpleName().replace("$", "");
        if (!OPERATORS.contains(operator)) {
            problems.add(operator + " is not a question about tables");
            return;
        }
        if (plan instanceof UnresolvedRelation relation) {
            relation(relation);
        } else if (plan instanceof org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView described) {
            name(described.multipartIdentifier());
        } else if (plan instanceof UnresolvedTableValuedFunction function) {
            String name = last(function.name());
            if (!ROW_FUNCTIONS.contains(name) || function.name().size() > 1) {
                problems.add("function " + name + " cannot be read from");
            }
        } else if (plan instanceof UnresolvedWith with) {
            for (var relation : list(with.cteRelations())) {
                named.add(relation._1().toLowerCase(Locale.ROOT));
                plan(relation._2());
            }
        } else if (plan instanceof SubqueryAlias alias) {
            plan(alias.child());
            return;
        }
        list(plan.children()).forEach(child -> plan((QueryPlan<?>) child));
        list(plan.expressions()).forEach(this::expression);
    }

    private void relation(UnresolvedRelation relation) {
        if (!relation.options().isEmpty()) {
            problems.add("a table takes no options here");
        }
        name(relation.multipartIdentifier());
    }

    private void name(Seq<String> parts) {
        if (parts.size() > 1) {
            problems.add("tables are named by one word; " + list(parts).get(0) + ". is not read");
        } else {
            relations.add(last(parts));
        }
    }

    private void expression(Expression expression) {
        if (expression instanceof UnresolvedFunction function) {
            function(list(function.nameParts()));
        } else if (expression instanceof UnresolvedGenerator generator) {
            FunctionIdentifier name = generator.name();
            function(name.database().isEmpty() ? List.of(name.funcName()) : List.of("", name.funcName()));
        } else if (expression.getClass().getSimpleName().equals("ExpressionWithUnresolvedIdentifier")) {
            problems.add("IDENTIFIER is not read");
        } else if (expression instanceof PlanExpression<?> subquery) {
            plan(subquery.plan());
        }
        list(expression.children()).forEach(this::expression);
    }

    private void function(List<String> parts) {
        String name = parts.get(parts.size() - 1).toLowerCase(Locale.ROOT);
        if (parts.size() > 1 || REFUSED_FUNCTIONS.contains(name)) {
            problems.add("function " + name + " is not called here");
        }
    }

    private static String last(Seq<String> parts) {
        return parts.last().toLowerCase(Locale.ROOT);
    }

    private static <T> List<T> list(scala.collection.Seq<T> seq) {
        return CollectionConverters.asJava(seq);
    }
}
