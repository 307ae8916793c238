//! What an expression refers to, as far as Step Functions checks it: an expression has no context
//! item, so what it reads must begin at a variable.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html>

use jsonata_core::ast::{AstNode, PathStep, Stage};

/// What an expression refers to.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct References {
    /// What it reads of the context item that there is not, each once: `phone`, `$`, `$$`.
    pub top_level: Vec<String>,
    /// Whether it reads `$states.errorOutput`.
    pub error_output: bool,
    /// The functions that it calls by name, each once.
    pub functions: Vec<String>,
}

impl References {
    /// Finds them.
    pub fn of(ast: &AstNode) -> Self {
        let mut found = Self::default();
        found.visit(ast, true);
        found
    }

    fn name(&mut self, name: &str, outside: bool) {
        if outside && !self.top_level.iter().any(|known| known == name) {
            self.top_level.push(name.to_owned());
        }
    }

    /// Visits a part. `outside`: its context item is that of the whole expression.
    fn visit(&mut self, node: &AstNode, outside: bool) {
        match node {
            AstNode::Name(name) => self.name(name, outside),
            AstNode::Variable(name) if name.is_empty() => self.name("$", outside),
            AstNode::ParentVariable(name) if name.is_empty() => self.name("$$", true),
            AstNode::Path { steps } => self.path(steps, outside),
            AstNode::ObjectTransform { input, pattern } => {
                self.visit(input, outside);
                self.pairs(pattern, false);
            }
            AstNode::Sort { input, terms } => {
                self.visit(input, outside);
                self.all(terms.iter().map(|(term, _)| term), false);
            }
            AstNode::Transform { location, update, delete } => {
                self.all([location.as_ref(), update.as_ref()], false);
                self.all(delete.as_deref(), false);
            }
            AstNode::Object(pairs) => self.pairs(pairs, outside),
            AstNode::Binary { lhs, rhs, .. } => self.all([lhs.as_ref(), rhs.as_ref()], outside),
            AstNode::Unary { operand, .. } | AstNode::FunctionApplication(operand) => {
                self.visit(operand, outside);
            }
            AstNode::Lambda { body, .. } => self.visit(body, outside),
            AstNode::Call { procedure, args } => {
                self.visit(procedure, outside);
                self.all(args, outside);
            }
            AstNode::Function { name, args, .. } => {
                if !self.functions.contains(name) {
                    self.functions.push(name.clone());
                }
                self.all(args, outside);
            }
            AstNode::Array(nodes) | AstNode::ArrayGroup(nodes) | AstNode::Block(nodes) => {
                self.all(nodes, outside);
            }
            AstNode::Conditional { condition, then_branch, else_branch } => {
                self.all([condition.as_ref(), then_branch.as_ref()], outside);
                self.all(else_branch.as_deref(), outside);
            }
            _ => {}
        }
    }

    fn all<'a>(&mut self, nodes: impl IntoIterator<Item = &'a AstNode>, outside: bool) {
        for node in nodes {
            self.visit(node, outside);
        }
    }

    fn pairs(&mut self, pairs: &[(AstNode, AstNode)], outside: bool) {
        for (key, value) in pairs {
            self.all([key, value], outside);
        }
    }

    /// A path: only its first step stands where the path stands.
    fn path(&mut self, steps: &[PathStep], outside: bool) {
        if let [first, second, ..] = steps
            && first.node == AstNode::Variable("states".to_owned())
            && second.node == AstNode::Name("errorOutput".to_owned())
        {
            self.error_output = true;
        }
        for (at, step) in steps.iter().enumerate() {
            self.visit(&step.node, outside && at == 0);
            for stage in &step.stages {
                if let Stage::Filter(predicate) = stage {
                    self.visit(predicate, false);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Expression;

    /// The answers of `ValidateStateMachineDefinition` to these expressions.
    #[test]
    fn only_what_begins_at_no_variable_is_at_the_top_level() {
        for (text, expected) in [
            ("phone", "phone"),
            ("phone[0]", "phone"),
            ("phone.number & name", "phone name"),
            ("aaa + bbb", "aaa bbb"),
            ("$.phone", "$"),
            ("$", "$"),
            ("$$", "$$"),
            ("$uppercase(phone)", "phone"),
            ("{'a': phone}", "phone"),
            ("function($x){ phone }", "phone"),
            ("$states.input.phone", ""),
            ("$states.input.items[phone > 3]", ""),
            ("$states.input.items^(phone).{'a': other}", ""),
            ("$states.input.items{kind: $sum(n)}", ""),
            ("$map($states.input.a, function($x){ $x.phone })", ""),
            ("$filter($states.input.a, function($v, $i){ $v > 1 })", ""),
            ("($a := 1; $a + $phone)", ""),
            ("$states.input ~> |items|{'n': price}|", ""),
            ("'phone'", ""),
        ] {
            let expression = Expression::compile(text).expect("it can be read");
            assert_eq!(expression.references().top_level.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn the_error_output_is_found_wherever_it_is_read() {
        for (text, expected) in [
            ("$states.errorOutput", true),
            ("{'a': $states.errorOutput.Error}", true),
            ("$states.input[$ = $states.errorOutput]", true),
            ("$states.input.errorOutput", false),
        ] {
            let expression = Expression::compile(text).expect("it can be read");
            assert_eq!(expression.references().error_output, expected, "{text}");
        }
    }
}
