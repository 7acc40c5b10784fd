print("users ran")
