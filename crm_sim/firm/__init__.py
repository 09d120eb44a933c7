"""What the firm sees, decides and pays: one file a system of the course. Never imports `customer`: the firm cannot read minds."""
