// Python's operators in one place, for whoever evaluates expressions.
export { absolute, add, type BinaryOperator, binary, negative, positive } from "./arithmetic.js";
export { compare, contains, lessThan, type OrderOperator } from "./compare.js";
export { equal } from "./equal.js";
export { isIterable, iterate, length, sizeOf, toList, truthy } from "./iterate.js";
export { Slice, subscript } from "./subscript.js";
